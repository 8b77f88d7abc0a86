package dev.as2.core;

import dev.as2.mime.Content;

/**
 * What a message carries.
 *
 * @param fileName the name for the partner
 * @param contentType its content type
 * @param content its octets
 */
record Payload(String fileName, String contentType, Content content) {}

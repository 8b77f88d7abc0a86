package dev.as2.core;

import dev.as2.mime.Headers;

/**
 * All that decides a message's octets.
 *
 * @param partnership the connector, its options and the certificates that are used
 * @param seal what was drawn or dated
 * @param file the version of the file
 * @param contentType of the payload
 * @param headers the message's own, from the first to the last
 */
record SealedMessage(
    Partnership partnership, Seal seal, StoredFile file, String contentType, Headers headers) {}

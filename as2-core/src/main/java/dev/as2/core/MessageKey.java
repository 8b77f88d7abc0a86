package dev.as2.core;

/**
 * Which message it is: Message-IDs are unique within a pair of partners.
 *
 * @param from who sent it
 * @param to who received it
 * @param messageId its Message-ID
 */
public record MessageKey(As2Id from, As2Id to, MessageId messageId) {}

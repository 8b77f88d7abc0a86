/**
 * The {@link dev.as2.core.FileStore} on S3 and on servers that speak its protocol.
 *
 * <p>Start at {@link dev.as2.s3.S3FileStore}. Nothing else imports the AWS SDK's S3 client. Sizes
 * are in bytes.
 */
@NullMarked
package dev.as2.s3;

import org.jspecify.annotations.NullMarked;

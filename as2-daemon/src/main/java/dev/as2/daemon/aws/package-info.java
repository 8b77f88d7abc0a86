/**
 * AWS's shapes: connectors, profiles, certificates and secrets as AWS Transfer Family and AWS
 * Secrets Manager have them, read, checked and written; and the forms of files that hold them.
 */
@NullMarked
package dev.as2.daemon.aws;

import org.jspecify.annotations.NullMarked;

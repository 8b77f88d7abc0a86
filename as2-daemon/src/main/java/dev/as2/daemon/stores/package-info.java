/** Which bucket is in which folder or S3 server: {@link dev.as2.daemon.stores.Stores}. */
@NullMarked
package dev.as2.daemon.stores;

import org.jspecify.annotations.NullMarked;

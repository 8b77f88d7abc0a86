package dev.as2.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import java.util.List;

/** Reads requests as Netty does, and padded chunk sizes, too. */
final class RequestDecoder extends HttpRequestDecoder {
  private final ChunkSizes sizes = new ChunkSizes();

  RequestDecoder(HttpDecoderConfig config) {
    super(config);
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
    sizes.decode(in, out, () -> super.decode(ctx, in, out));
  }
}

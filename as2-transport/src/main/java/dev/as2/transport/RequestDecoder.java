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
    sizes.smooth(in);
    int begin = in.readerIndex();
    int parts = out.size();
    super.decode(ctx, in, out);
    sizes.decoded(in.readerIndex() - begin, out.subList(parts, out.size()));
  }
}

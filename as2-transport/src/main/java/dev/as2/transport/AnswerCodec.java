package dev.as2.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpStatusClass;
import java.util.List;

/**
 * Writes requests and reads their answers as Netty does, and padded chunk sizes, too. One request
 * is answered before the next one is written.
 */
final class AnswerCodec
    extends CombinedChannelDuplexHandler<HttpResponseDecoder, HttpRequestEncoder> {
  /** The answer to a HEAD states the length of what it does not have. */
  private boolean head;

  AnswerCodec(HttpDecoderConfig config) {
    init(new Decoder(config), new Encoder());
  }

  private final class Encoder extends HttpRequestEncoder {
    @Override
    protected void encode(ChannelHandlerContext ctx, Object part, List<Object> out)
        throws Exception {
      if (part instanceof HttpRequest request) {
        head = request.method().equals(HttpMethod.HEAD);
      }
      super.encode(ctx, part, out);
    }
  }

  private final class Decoder extends HttpResponseDecoder {
    private final ChunkSizes sizes = new ChunkSizes();

    Decoder(HttpDecoderConfig config) {
      super(config);
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out)
        throws Exception {
      sizes.decode(in, out, () -> super.decode(ctx, in, out));
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage answer) {
      boolean interim =
          ((HttpResponse) answer).status().codeClass() == HttpStatusClass.INFORMATIONAL;
      return (head && !interim) || super.isContentAlwaysEmpty(answer);
    }
  }
}

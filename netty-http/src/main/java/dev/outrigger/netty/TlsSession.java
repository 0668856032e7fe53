package dev.outrigger.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.nio.channels.ClosedChannelException;
import javax.net.ssl.SSLException;

/** Follows the TLS session of one connection: learns who the client is, and ends what cannot go on. */
final class TlsSession extends ChannelInboundHandlerAdapter {

    private final TlsSource source;
    private final Complaints complaints;
    private final Peer peer;

    TlsSession(TlsSource source, Complaints complaints, Peer peer) {
        this.source = source;
        this.complaints = complaints;
        this.peer = peer;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                learn(ctx);
            } else {
                complain(handshake.cause()); // The handler has sent its alert, and closes.
            }
        } else if (event instanceof SslCloseCompletionEvent) {
            ctx.close(); // The client has said that it is done.
        }
    }

    private void learn(ChannelHandlerContext ctx) {
        if (ctx.pipeline().get(Ending.TLS) instanceof SslHandler tls) {
            source.certificate(tls.engine().getSession()).ifPresent(peer::hasShown);
        }
        // A session that is taken up again was not asked again.
        if (source.isCertificateRequired() && peer.certificate().isEmpty()) {
            complaints.about(Complaints.Kind.HANDSHAKE, peer, "the certificate is not trusted any more");
            ctx.close();
        }
    }

    private void complain(Throwable cause) {
        if (!(cause instanceof ClosedChannelException)) {
            complaints.about(Complaints.Kind.HANDSHAKE, peer, oneLine(cause));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof DecoderException && cause.getCause() instanceof SSLException) {
            ctx.close(); // Told of already where it broke off a handshake; else the client's own fault.
        } else {
            ctx.fireExceptionCaught(cause);
        }
    }

    private static String oneLine(Throwable cause) {
        return String.valueOf(cause.getMessage()).replaceAll("[^ -~]", "?");
    }
}

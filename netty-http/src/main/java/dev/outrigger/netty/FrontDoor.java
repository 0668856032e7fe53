package dev.outrigger.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Receives new connections: asks for their address first, then for TLS, then for HTTP. Confined to the event loop. */
final class FrontDoor extends ChannelInitializer<Channel> {

    /** As many refused clients get to know why; they take no connection from those that are let in. */
    private static final int MAX_REFUSED = 64;

    private final ConnectionContext context;
    private final Optional<TlsSource> tls;
    private final AddressRules addresses;
    private final Complaints complaints;
    private final Set<Channel> refused = new LinkedHashSet<>();

    FrontDoor(ConnectionContext context, Optional<TlsSource> tls) {
        this.context = context;
        this.tls = tls;
        this.addresses = context.dispatcher().admission().addresses();
        this.complaints = context.complaints();
    }

    @Override
    protected void initChannel(Channel channel) {
        Peer peer = new Peer(channel);
        if (!addresses.admits(peer)) {
            complaints.about(Complaints.Kind.ADDRESS, peer);
            refuse(channel, peer);
            return;
        }
        tls.ifPresent(source -> channel.pipeline().addLast(new TlsDoor(source, context, peer)));
        channel.pipeline().addLast(new HttpConnection(context, channel, peer));
    }

    private void refuse(Channel channel, Peer peer) {
        // Over TLS there is no telling why without a handshake, which is more than a stranger shall get.
        if (tls.isPresent() || refused.size() >= MAX_REFUSED) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
            channel.close();
            return;
        }
        refused.add(channel);
        channel.closeFuture().addListener(closed -> refused.remove(channel));
        channel.pipeline().addLast(new Refusal(context, AddressRules.refusal(), channel, peer));
    }

    /** Ends what is still being refused. */
    void closeAll() {
        List.copyOf(refused).forEach(Channel::close);
    }
}

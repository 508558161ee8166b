package io.switchboard.json;

import io.switchboard.message.ClientInfo;
import io.switchboard.message.Event;
import io.switchboard.message.News;
import io.switchboard.message.Position;
import io.switchboard.message.Problem;
import io.switchboard.message.Publication;
import io.switchboard.session.Codec;
import io.switchboard.session.Frame;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * Writes the replies and pushes of the Centrifuge client protocol, version 2, in JSON: one object per line. Zero values are
 * left out, result objects never are.
 */
public final class NativeCodec implements Codec {
    private static final Frame PING = Frame.of("{}");

    @Override
    public List<Frame> encode(Event event) {
        JsonWriter out = new JsonWriter().open();
        if (isPush(event)) {
            out.open("push");
            push(out, event);
            out.close();
        } else {
            reply(out, event);
        }
        return List.of(Frame.of(out.close().toString()));
    }

    @Override
    public List<Frame> encode(String channel, List<News> news) {
        JsonWriter out = new JsonWriter(news.stream().mapToInt(News::size).sum());
        for (News item : news) {
            out.line().open().open("push");
            news(out, channel, item);
            out.close().close();
        }
        return List.of(Frame.of(out.toString()));
    }

    @Override
    public List<Frame> join(List<Frame> frames) {
        int size = frames.size() - 1 + frames.stream().mapToInt(Frame::size).sum();
        String text = frames.stream().map(frame -> ((Frame.Text) frame).text()).collect(Collectors.joining("\n"));
        return List.of(new Frame.Text(text, size));
    }

    @Override
    public Frame ping() {
        return PING;
    }

    /** Whether this is nobody's answer. */
    static boolean isPush(Event event) {
        return event instanceof Event.Unsubscribed || event instanceof Event.Missed || event instanceof Event.Ended;
    }

    /** The members of a push that says this. */
    static void push(JsonWriter out, Event event) {
        if (event instanceof Event.Unsubscribed unsubscribed) {
            out.text("channel", unsubscribed.channel()).open("unsubscribe");
            out.number("code", unsubscribed.why().code())
                    .text("reason", unsubscribed.why().reason());
            out.close();
        } else if (event instanceof Event.Missed missed) {
            out.text("channel", missed.channel()).open("message").open("data");
            out.text("sb", "missed").text("channel", missed.channel()).number("count", missed.count());
            out.close().close();
        } else if (event instanceof Event.Ended ended) {
            out.open("disconnect").number("code", ended.why().code());
            out.text("reason", ended.why().reason()).close();
        }
    }

    /** The members of a push that says this. */
    static void news(JsonWriter out, String channel, News item) {
        out.text("channel", channel);
        if (item instanceof Publication publication) {
            out.open("pub");
            publication(out, publication);
            out.close();
        } else if (item instanceof News.Join join) {
            out.open("join").open("info");
            info(out, join.info());
            out.close().close();
        } else if (item instanceof News.Leave leave) {
            out.open("leave").open("info");
            info(out, leave.info());
            out.close().close();
        }
    }

    private static void reply(JsonWriter out, Event event) {
        if (event instanceof Event.Connected reply) {
            out.number("id", reply.id()).open("connect");
            connected(out, reply);
            out.flag("pong", true);
            reply.handle()
                    .ifPresent(handle -> out.text("session", handle.session()).text("node", handle.node()));
        } else if (event instanceof Event.Refreshed reply) {
            out.number("id", reply.id()).open("refresh");
            expiry(out, reply.ttl());
        } else if (event instanceof Event.SubRefreshed reply) {
            out.number("id", reply.id()).open("sub_refresh");
            expiry(out, reply.ttl());
        } else if (event instanceof Event.Subscribed reply) {
            out.number("id", reply.id()).open("subscribe");
            subscribed(out, reply);
        } else if (event instanceof Event.Done reply) {
            out.number("id", reply.id()).open(reply.verb());
        } else if (event instanceof Event.Members reply) {
            out.number("id", reply.id()).open("presence");
            members(out, reply.members());
        } else if (event instanceof Event.MemberCounts reply) {
            out.number("id", reply.id()).open("presence_stats");
            out.number("num_clients", reply.clients()).number("num_users", reply.users());
        } else if (event instanceof Event.Remembered reply) {
            out.number("id", reply.id()).open("history");
            publications(out, reply.publications());
            out.text("epoch", reply.top().epoch()).number("offset", reply.top().offset());
        } else if (event instanceof Event.Refused reply) {
            Problem problem = reply.problem();
            out.number("id", reply.id()).open("error").number("code", problem.code());
            out.text("message", problem.message()).flag("temporary", problem.temporary());
        }
        out.close();
    }

    static void connected(JsonWriter out, Event.Connected reply) {
        out.text("client", reply.client()).text("version", reply.version());
        expiry(out, reply.ttl());
        if (!reply.subscriptions().isEmpty()) {
            out.open("subs");
            reply.subscriptions().forEach((channel, subscribed) -> {
                out.open(channel);
                subscribed(out, subscribed);
                out.close();
            });
            out.close();
        }
        out.number("ping", reply.ping());
    }

    private static void expiry(JsonWriter out, OptionalLong ttl) {
        if (ttl.isPresent()) {
            out.flag("expires", true).number("ttl", ttl.getAsLong());
        }
    }

    static void subscribed(JsonWriter out, Event.Subscribed reply) {
        expiry(out, reply.ttl());
        reply.data().ifPresent(json -> out.raw("data", json));
        if (reply.position().isPresent()) {
            Position position = reply.position().get();
            out.flag("recoverable", reply.recoverable()).flag("positioned", reply.recoverable());
            out.text("epoch", position.epoch());
            if (position.offset() > 0) {
                out.number("offset", position.offset());
            }
        }
        out.flag("was_recovering", reply.wasRecovering()).flag("recovered", reply.recovered());
        if (!reply.publications().isEmpty()) {
            publications(out, reply.publications());
        }
    }

    private static void publications(JsonWriter out, List<Publication> publications) {
        out.openArray("publications");
        for (Publication publication : publications) {
            out.open();
            publication(out, publication);
            out.close();
        }
        out.closeArray();
    }

    private static void publication(JsonWriter out, Publication publication) {
        out.raw("data", publication.data());
        if (publication.offset() > 0) {
            out.number("offset", publication.offset());
        }
        publication.info().ifPresent(info -> {
            out.open("info");
            info(out, info);
            out.close();
        });
        if (!publication.tags().isEmpty()) {
            out.open("tags");
            publication.tags().forEach(out::text);
            out.close();
        }
    }

    private static void members(JsonWriter out, Map<String, ClientInfo> members) {
        out.open("presence");
        members.forEach((client, info) -> {
            out.open(client);
            info(out, info);
            out.close();
        });
        out.close();
    }

    private static void info(JsonWriter out, ClientInfo info) {
        out.text("user", info.user()).text("client", info.client());
        info.connInfo().ifPresent(json -> out.raw("conn_info", json));
        info.chanInfo().ifPresent(json -> out.raw("chan_info", json));
    }
}

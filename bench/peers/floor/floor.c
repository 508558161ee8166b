/*
 * The least that a fan-out over WebSocket costs on this machine: epoll, one thread, no library, plain dialect.
 *
 *   floor PORT write   each publication goes out as its own frame, one write() per subscriber
 *   floor PORT join    all that one pass of the event loop took in goes out, per channel, as one frame whose payload is
 *                      the messages separated by newlines, one write() per subscriber and pass
 *
 * A channel is a log of finished frames, and a subscription is a position in it. A subscriber whose socket is full
 * stays where he is and later gets all that he has missed with one write(). Frames before the last position go.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

/* MESSAGE bounds what one client may send in one frame; INPUT holds the rest of an unfinished one and a read. */
enum { MESSAGE = 64 * 1024, INPUT = 2 * MESSAGE + 8, EVENTS = 1024, BUCKETS = 4096 };

typedef struct {
    char *data;
    size_t len, cap;
} Buf;

typedef struct Channel {
    struct Channel *next, *next_dirty;
    char *name;
    size_t name_len;
    Buf log;            /* finished frames */
    uint64_t base, end; /* positions of the log's first byte and after its last */
    Buf batch;          /* join: messages of this pass */
    bool dirty;
    struct Sub **subs;
    size_t count, cap;
} Channel;

typedef struct Sub {
    struct Conn *conn;
    Channel *channel;
    struct Sub *next;   /* the next of the same connection */
    size_t index;       /* in channel->subs */
    uint64_t position;
} Sub;

typedef struct Conn {
    int fd;
    bool upgraded, dead;
    Sub *subs;
    Sub *stuck;         /* filled the socket, perhaps in the middle of a frame: goes on first, and alone */
    struct Conn *next_dead;
    Buf rest;           /* start of a request or frame whose end has not come yet */
} Conn;

static Channel *channels[BUCKETS];
static Channel *dirty;
static Conn *dead;
static bool join;
static int poller;
static unsigned char input[INPUT];

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static void *grow(void *data, size_t size) {
    void *grown = realloc(data, size);
    if (!grown)
        fail("realloc");
    return grown;
}

static void append(Buf *buf, const void *data, size_t len) {
    if (buf->len + len > buf->cap) {
        buf->cap = 2 * (buf->len + len);
        buf->data = grow(buf->data, buf->cap);
    }
    memcpy(buf->data + buf->len, data, len);
    buf->len += len;
}

/* Only marked, because loops further out may still hold it; freed when the pass ends. */
static void drop(Conn *conn) {
    if (conn->dead)
        return;
    conn->dead = true;
    conn->next_dead = dead;
    dead = conn;
}

static Channel *channel_of(const char *name, size_t len) {
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < len; i++)
        hash = (hash ^ (unsigned char) name[i]) * 16777619u;
    Channel **bucket = &channels[hash % BUCKETS];
    for (Channel *c = *bucket; c; c = c->next)
        if (c->name_len == len && !memcmp(c->name, name, len))
            return c;
    Channel *channel = memset(grow(NULL, sizeof *channel), 0, sizeof *channel);
    channel->name = memcpy(grow(NULL, len + 1), name, len);
    channel->name_len = len;
    channel->next = *bucket;
    return *bucket = channel;
}

static void subscribe(Conn *conn, Channel *channel) {
    for (Sub *s = conn->subs; s; s = s->next)
        if (s->channel == channel)
            return;
    if (channel->count == channel->cap) {
        channel->cap = channel->cap ? 2 * channel->cap : 16;
        channel->subs = grow(channel->subs, channel->cap * sizeof *channel->subs);
    }
    Sub *sub = grow(NULL, sizeof *sub);
    *sub = (Sub) {conn, channel, conn->subs, channel->count, channel->end};
    conn->subs = sub;
    channel->subs[channel->count++] = sub;
}

/* One write() of all that the subscriber lacks; false when his socket takes no more. */
static bool send_to(Sub *sub) {
    Channel *channel = sub->channel;
    size_t len = channel->end - sub->position;
    if (!len)
        return true;
    ssize_t sent = write(sub->conn->fd, channel->log.data + (sub->position - channel->base), len);
    if (sent < 0 && errno != EAGAIN)
        drop(sub->conn);
    if (sent > 0)
        sub->position += sent;
    sub->conn->stuck = sub->position < channel->end ? sub : NULL;
    return !sub->conn->stuck;
}

static void send_rest(Conn *conn) {
    if (!conn->stuck || !send_to(conn->stuck))
        return;
    for (Sub *s = conn->subs; s && send_to(s); s = s->next)
        ;
}

static void fan_out(Channel *channel) {
    bool all = true;
    for (size_t i = 0; i < channel->count; i++) {
        Sub *sub = channel->subs[i];
        if (!sub->conn->dead && (sub->conn->stuck || !send_to(sub)))
            all = false;
    }
    if (all) {
        channel->base = channel->end;
        channel->log.len = 0;
    }
}

/* Before the log would have to grow it is cut off below the slowest subscriber, if that gains half of it. */
static void make_room(Channel *channel, size_t need) {
    Buf *log = &channel->log;
    if (log->len + need <= log->cap)
        return;
    uint64_t lowest = channel->end;
    for (size_t i = 0; i < channel->count; i++)
        if (!channel->subs[i]->conn->dead && channel->subs[i]->position < lowest)
            lowest = channel->subs[i]->position;
    size_t gone = lowest - channel->base;
    if (gone < log->len / 2)
        return;
    memmove(log->data, log->data + gone, log->len -= gone);
    channel->base = lowest;
}

static void append_frame(Channel *channel, const void *text, size_t len) {
    unsigned char head[10] = {0x81};
    size_t size = len < 126 ? 0 : len < 65536 ? 2 : 8;
    head[1] = size == 0 ? len : size == 2 ? 126 : 127;
    for (size_t i = 0; i < size; i++)
        head[2 + i] = (uint64_t) len >> 8 * (size - 1 - i);
    make_room(channel, 2 + size + len);
    append(&channel->log, head, 2 + size);
    append(&channel->log, text, len);
    channel->end = channel->base + channel->log.len;
}

static void publish(Channel *channel, const char *text, size_t len) {
    if (!channel->count)
        return;
    if (!join) {
        append_frame(channel, text, len);
        fan_out(channel);
        return;
    }
    if (!channel->dirty) {
        channel->dirty = true;
        channel->next_dirty = dirty;
        dirty = channel;
    } else {
        append(&channel->batch, "\n", 1);
    }
    append(&channel->batch, text, len);
}

static void on_message(Conn *conn, const char *text, size_t len) {
    if (len && text[0] == '+') {
        subscribe(conn, channel_of(text + 1, len - 1));
        return;
    }
    const char *blank = memchr(text, ' ', len);
    if (blank)
        publish(channel_of(text, blank - text), blank + 1, len - (blank + 1 - text));
    else
        drop(conn);
}

/* Answers a ping or close, unless frames are waiting: between the two halves of a frame it would break the stream. */
static void on_control(Conn *conn, int opcode, const unsigned char *text, size_t len) {
    unsigned char frame[2 + 125] = {opcode == 9 ? 0x8a : 0x88, len};
    if (!conn->stuck && opcode != 10 && len <= 125) {
        memcpy(frame + 2, text, len);
        ssize_t sent = write(conn->fd, frame, 2 + len);
        if (sent > 0 && (size_t) sent < 2 + len)
            drop(conn);
    }
    if (opcode == 8)
        drop(conn);
}

/* This and the next return how many bytes they used: none when the end has not come yet. */
static size_t on_request(Conn *conn, const unsigned char *at, size_t len) {
    /* The accept key is a constant: the load generator knows that it talks to this server. */
    static const char answer[] = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                 "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
    const unsigned char *end = memmem(at, len, "\r\n\r\n", 4);
    if (!end)
        return 0;
    conn->upgraded = true;
    if (write(conn->fd, answer, sizeof answer - 1) != sizeof answer - 1)
        drop(conn);
    return end + 4 - at;
}

static size_t on_frame(Conn *conn, unsigned char *at, size_t len) {
    if (len < 4)
        return 0;
    size_t size = at[1] & 127;
    unsigned char *mask = at + (size == 126 ? 4 : 2), *text = mask + 4;
    /* Not supported, and not needed: fragments, long messages, frames without a mask. */
    if (!(at[0] & 128) || !(at[1] & 128) || size == 127) {
        drop(conn);
        return 0;
    }
    if (size == 126)
        size = at[2] << 8 | at[3];
    if (at + len < text + size)
        return 0;
    for (size_t i = 0; i < size; i++)
        text[i] ^= mask[i & 3];
    if (at[0] & 8)
        on_control(conn, at[0] & 15, text, size);
    else
        on_message(conn, (char *) text, size);
    return text + size - at;
}

static void watch(Conn *conn, int operation) {
    /* Edge-triggered, so that a full socket needs no call to ask for the moment when it is not. */
    struct epoll_event event = {.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, .data.ptr = conn};
    if (epoll_ctl(poller, operation, conn->fd, &event))
        fail("epoll_ctl");
}

static void on_input(Conn *conn, bool hung_up) {
    size_t kept = conn->rest.len, done = 0, used = 1;
    if (kept)
        memcpy(input, conn->rest.data, kept);
    ssize_t got = read(conn->fd, input + kept, MESSAGE);
    if (got <= 0) {
        if (got == 0 || errno != EAGAIN)
            drop(conn);
        return;
    }
    size_t len = kept + got;
    while (used && done < len && !conn->dead) {
        used = conn->upgraded ? on_frame(conn, input + done, len - done) : on_request(conn, input + done, len - done);
        done += used;
    }
    conn->rest.len = 0;
    if (len - done > MESSAGE + 8)
        drop(conn);
    else if (done < len)
        append(&conn->rest, input + done, len - done);
    /* There may be more: asks for another event, so that the others have their turn before it. */
    if (got == MESSAGE || hung_up)
        watch(conn, EPOLL_CTL_MOD);
}

static void on_connections(int listener) {
    int fd;
    while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &(int) {1}, sizeof(int));
        Conn *conn = memset(grow(NULL, sizeof *conn), 0, sizeof *conn);
        conn->fd = fd;
        watch(conn, EPOLL_CTL_ADD);
    }
    if (errno != EAGAIN && errno != ECONNABORTED)
        fail("accept");
}

static void bury(Conn *conn) {
    close(conn->fd);
    for (Sub *s = conn->subs, *next; s; s = next) {
        next = s->next;
        Sub *last = s->channel->subs[--s->channel->count];
        s->channel->subs[last->index = s->index] = last;
        free(s);
    }
    free(conn->rest.data);
    free(conn);
}

static void end_pass(void) {
    for (Channel *channel; (channel = dirty);) {
        dirty = channel->next_dirty;
        channel->dirty = false;
        append_frame(channel, channel->batch.data, channel->batch.len);
        channel->batch.len = 0;
        fan_out(channel);
    }
    for (Conn *conn; (conn = dead);) {
        dead = conn->next_dead;
        bury(conn);
    }
}

static void on_sigterm(int signal) {
    (void) signal;
    _exit(0);
}

int main(int argc, char **argv) {
    if (argc != 3 || (strcmp(argv[2], "write") && strcmp(argv[2], "join"))) {
        fputs("usage: floor PORT write|join\n", stderr);
        return 2;
    }
    join = !strcmp(argv[2], "join");
    signal(SIGPIPE, SIG_IGN);
    signal(SIGTERM, on_sigterm);
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);

    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &(int) {1}, sizeof(int));
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[1]))};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(listener, (struct sockaddr *) &address, sizeof address) || listen(listener, 4096))
        fail("listen");
    poller = epoll_create1(0);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = NULL}, events[EVENTS];
    if (poller < 0 || epoll_ctl(poller, EPOLL_CTL_ADD, listener, &event))
        fail("epoll");
    puts("ready");
    fflush(stdout);

    for (;;) {
        int count = epoll_wait(poller, events, EVENTS, -1);
        for (int i = 0; i < count; i++) {
            Conn *conn = events[i].data.ptr;
            if (!conn)
                on_connections(listener);
            if (conn && !conn->dead && events[i].events & EPOLLOUT)
                send_rest(conn);
            if (conn && !conn->dead && events[i].events & ~(uint32_t) EPOLLOUT)
                on_input(conn, events[i].events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR));
        }
        end_pass();
    }
}

package io.switchboard.message;

/** Something that happened in a channel and that its subscribers read in this order. */
public sealed interface News permits Publication, News.Join, News.Leave {
    /** About how many bytes this takes on the wire. */
    int size();

    /** A member came. */
    record Join(ClientInfo info) implements News {
        @Override
        public int size() {
            return MEMBER_SIZE;
        }
    }

    /** A member went. */
    record Leave(ClientInfo info) implements News {
        @Override
        public int size() {
            return MEMBER_SIZE;
        }
    }

    /** What a join or leave is taken to weigh. */
    int MEMBER_SIZE = 160;
}

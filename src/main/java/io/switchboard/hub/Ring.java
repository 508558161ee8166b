package io.switchboard.hub;

import java.util.Arrays;

/** A queue whose entries are numbered for ever and can be read by number. Not thread-safe. */
final class Ring<T> {
    private static final int FIRST_CAPACITY = 16;

    private Object[] slots = new Object[FIRST_CAPACITY];
    private long start;
    private long end;

    /** Number of the oldest entry. */
    long start() {
        return start;
    }

    /** Number of the next entry to come. */
    long end() {
        return end;
    }

    int size() {
        return (int) (end - start);
    }

    void add(T entry) {
        if (size() == slots.length) {
            grow();
        }
        slots[slot(end++)] = entry;
    }

    @SuppressWarnings("unchecked") // only add() puts something in
    T get(long number) {
        return (T) slots[slot(number)];
    }

    @SuppressWarnings("NullAway") // emptied, so that the garbage collector may have it
    T removeFirst() {
        T first = get(start);
        slots[slot(start++)] = null;
        return first;
    }

    /** Drops all entries and leaves a hole, so that whoever had read everything is behind as well. */
    @SuppressWarnings("NullAway") // as above
    void skip() {
        Arrays.fill(slots, null);
        end++;
        start = end;
    }

    private void grow() {
        Object[] larger = new Object[slots.length * 2];
        for (long number = start; number < end; number++) {
            larger[(int) (number & (larger.length - 1))] = slots[slot(number)];
        }
        slots = larger;
    }

    private int slot(long number) {
        return (int) (number & (slots.length - 1));
    }
}

package dev.lifeboat.repository.store;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A part of a stream: so many bytes, or fewer when it ends before. */
final class Excerpt extends FilterInputStream {

    private long left;

    private Excerpt(InputStream in, long length) {
        super(in);
        this.left = length;
    }

    static Excerpt of(InputStream in, long offset, long length) throws IOException {
        try {
            in.skipNBytes(offset);
        } catch (EOFException e) {
            // it ends before, and what is read then is its end
        }
        return new Excerpt(in, length);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (left <= 0 && length > 0) {
            return -1;
        }
        int count = super.read(bytes, offset, (int) Math.min(length, left));
        left -= Math.max(count, 0);
        return count;
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = super.skip(Math.min(count, left));
        left -= skipped;
        return skipped;
    }

    @Override
    public int available() throws IOException {
        return (int) Math.min(super.available(), left);
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}

package dev.lifeboat.starter.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final AtomicLong nanos = new AtomicLong();

    @Test
    void progress_is_rewritten_in_place_on_a_terminal() {
        Terminal terminal = terminal(new Terminal.Shape(true, true, true, true, 20));

        terminal.progress("one");
        terminal.progress("a line that is longer than the terminal");
        terminal.say("done");

        assertThat(text(err)).isEqualTo("\r\u001b[Kone\r\u001b[Ka line that is lon…\r\u001b[Kdone\n");
    }

    @Test
    void progress_is_plain_and_rare_elsewhere() {
        Terminal terminal = terminal(Terminal.Shape.PLAIN);

        terminal.progress("at 0 s");
        nanos.set(4_900_000_000L);
        terminal.progress("at 4.9 s");
        nanos.set(5_000_000_000L);
        terminal.progress("at 5 s");

        assertThat(text(err)).isEqualTo("at 0 s\nat 5 s\n");
        assertThat(text(out)).isEmpty();
    }

    @Test
    void colours_need_a_terminal_and_no_objection() {
        assertThat(terminal(new Terminal.Shape(true, true, true, true, 80)).paint(Colour.BAD, "x"))
                .isEqualTo("\u001b[31mx\u001b[0m");
        assertThat(terminal(new Terminal.Shape(true, true, true, false, 80)).paint(Colour.BAD, "x"))
                .isEqualTo("x");
        assertThat(terminal(new Terminal.Shape(true, false, false, true, 80)).paintResult(Colour.BAD, "x"))
                .isEqualTo("x");
        assertThat(Terminal.Shape.ofProcess(java.util.Map.of("NO_COLOR", "1")).colour())
                .isFalse();
        assertThat(Terminal.Shape.ofProcess(java.util.Map.of()).colour()).isTrue();
    }

    @Test
    void text_from_elsewhere_cannot_move_the_cursor_or_fake_a_line() {
        assertThat(Terminal.clean("a\u001b[2Jb\r\nc\u0007\u009b31m\u202egnp.exe"))
                .isEqualTo("a?[2Jb c??31m?gnp.exe");
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0x00AD, 0x034F, 0x061C, 0x070F, 0x115F, 0x1160, 0x180E, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x202E,
                0x2060, 0x2066, 0x2069, 0x206A, 0x2800, 0x3164, 0xE000, 0xFEFF, 0xFE0F, 0xFFA0, 0xFFF9, 0xFFFF, 0xD800,
                0x1D173, 0xE0001, 0xE0041, 0xE0100
            })
    void what_cannot_be_seen_is_shown(int unseen) {
        assertThat(Terminal.clean("or" + Character.toString(unseen) + "ders")).isEqualTo("or?ders");
    }

    @Test
    void what_can_be_seen_stays() {
        String seen = "Zoë's näme, заказы, 注文, طلبات, आदेश, e\u0301, 😀 × … ✓";
        assertThat(Terminal.clean(seen)).isEqualTo(seen);
    }

    @Test
    void columns_stand_below_each_other_whatever_the_letters() {
        assertThat(new Table("NAME", "SIZE").row("ä😀", "1").row("plain", "22").lines())
                .containsExactly("NAME   SIZE", "ä😀     1", "plain  22");
    }

    private Terminal terminal(Terminal.Shape shape) {
        return new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                shape,
                nanos::get);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}

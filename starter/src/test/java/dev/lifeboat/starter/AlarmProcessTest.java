package dev.lifeboat.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.starter.AlarmProcess.Heard;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the command learns from a process that tells people. */
class AlarmProcessTest {

    private static final String ANSWER =
            "{\"delivered\": [{\"database\": \"orders\", \"told\": [\"ops\"], \"unclear\": [], \"failed\": [\"'boss': no answer\"]}]}";

    @Test
    void who_heard_it_is_known_also_where_the_process_ended_badly() {
        AlarmProcess.Answer answer = shell("cat > \"$2\"; echo starting; echo nobody was told of people; exit 1")
                .tell(ANSWER);

        assertThat(answer.of("orders")).isEqualTo(new Heard(List.of("ops"), List.of(), List.of("'boss': no answer")));
        assertThat(answer.of("people")).isEqualTo(Heard.NOBODY);
        assertThat(answer.trouble()).contains("nobody was told of people");
    }

    @Test
    void a_channel_that_failed_is_said_once_although_the_process_says_it_last() {
        AlarmProcess.Answer answer = shell("cat > \"$2\"; echo \"WARN Alarm: 'boss': no answer\"; exit 1")
                .tell(ANSWER);

        assertThat(answer.reasons(List.of("orders"))).containsExactly("about orders was not told, 'boss': no answer");
    }

    @Test
    void what_no_channel_explains_is_explained_by_the_last_words_of_the_process() {
        AlarmProcess.Answer answer = shell("cat > \"$2\"; echo \"lifeboat.yml names nobody\"; exit 1")
                .tell(ANSWER);

        assertThat(answer.reasons(List.of("orders", "people")))
                .containsExactly(
                        "not everybody could be told by the channels of lifeboat.yml: lifeboat.yml names nobody",
                        "about orders was not told, 'boss': no answer");
    }

    @Test
    void a_process_without_an_answer_that_makes_sense_has_told_nobody() {
        for (String script : List.of("cat > /dev/null", "cat > /dev/null; echo '{' > \"$2\"", "exit 2")) {
            assertThat(shell(script).tell("{}").of("orders")).as(script).isEqualTo(Heard.NOBODY);
        }
    }

    private static AlarmProcess shell(String script) {
        return new AlarmProcess(List.of("sh", "-c", script, "sh"));
    }
}

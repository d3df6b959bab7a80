package dev.lifeboat.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerUrlTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            postgresql://u@h/d                        | u       | h            | 5432 | d
            postgres://u@h:6432/d                     | u       | h            | 6432 | d
            postgresql://u@[::1]:5433/d               | u       | ::1          | 5433 | d
            postgresql://u@[fe80::1%25eth0]/d         | u       | fe80::1%eth0 | 5432 | d
            postgresql://a%40b@db-1.example.com/d     | a@b     | db-1.example.com | 5432 | d
            postgresql://u@h/a%20b%22c%27d            | u       | h            | 5432 | a b"c'd
            postgresql://u@h/%F0%9F%9A%A2             | u       | h            | 5432 | 🚢
            postgresql://u@h/🚢                       | u       | h            | 5432 | 🚢
            postgresql://u@h/a%2Fb                    | u       | h            | 5432 | a/b
            postgresql://u@h/../etc                   | u       | h            | 5432 | ../etc
            postgresql://u@h/a+b%3Fc                  | u       | h            | 5432 | a+b?c
            postgresql://a%3Ab@h/d                    | a:b     | h            | 5432 | d
            """)
    void takes_an_address_apart(String url, String user, String host, int port, String database) {
        ServerAddress address = ServerUrl.parse(url, Optional.empty());

        assertThat(address.user()).isEqualTo(user);
        assertThat(address.host()).isEqualTo(host);
        assertThat(address.port()).isEqualTo(port);
        assertThat(address.database()).isEqualTo(database);
    }

    @Test
    void keeps_parameters_in_their_order_and_decodes_them() {
        String url =
                "postgresql://u@h/d?sslmode=verify-full&sslrootcert=%2Fetc%2Fca.pem&connect_timeout=10&application_name=a%20b";

        assertThat(ServerUrl.parse(url, Optional.empty()).parameters())
                .hasToString(
                        "{sslmode=verify-full, sslrootcert=/etc/ca.pem, connect_timeout=10, application_name=a b}");
    }

    @Test
    void a_cluster_needs_no_database() {
        assertThat(ServerUrl.parse("postgresql://u@h?sslmode=require", Optional.of("postgres"))
                        .database())
                .isEqualTo("postgres");
        assertThat(ServerUrl.parse("postgresql://u@h/", Optional.of("postgres")).database())
                .isEqualTo("postgres");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            jdbc:postgresql://u@h/d                | not the address of a PostgreSQL server
            mysql://u@h/d                          | not the address of a PostgreSQL server
            h:5432/d                               | not the address of a PostgreSQL server
            postgresql://h/d                       | the url names no user
            postgresql://@h/d                      | the url names no user
            postgresql://u@/d                      | the url has no host
            postgresql://u@%2Fvar%2Frun/d          | the url has no host
            postgresql://u@a b/d                   | the url has no host
            postgresql://u@a,b/d                   | the url names several servers
            postgresql://u@h:0/d                   | the port is not between 1 and 65535
            postgresql://u@h:99999/d               | the port is not between 1 and 65535
            postgresql://u@h:x/d                   | the url has no host
            postgresql://u@h                       | the url names no database
            postgresql://u@h/%zz                   | a '%' in the url is not followed by
            postgresql://u@h/d%2                   | a '%' in the url is not followed by
            postgresql://u@h/%FF                   | the %-codes of the url are not UTF-8
            postgresql://u@h/a%00b                 | the url holds a zero byte
            postgresql://u@h/d?ssl_mode=require    | the url has an unknown parameter 'ssl_mode'
            postgresql://u@h/d?options=-c          | the url has an unknown parameter 'options'
            postgresql://u@h/d?sslmode=required    | the url has an unknown sslmode
            postgresql://u@h/d?sslmode             | a parameter of the url is not of the form
            postgresql://u@h/d?sslmode=            | a parameter of the url is not of the form
            postgresql://u@h/d?connect_timeout=10s | connect_timeout is not a whole number of seconds
            postgresql://u@h/d?sslkey=a&sslkey=b   | the url has 'sslkey' twice
            postgresql://u:p@h/d                   | the url holds a password
            postgresql://u@h/d?password=p          | the url holds a password
            """)
    void says_what_is_wrong_with_an_address(String url, String problem) {
        Refused refused = catchThrowableOfType(Refused.class, () -> ServerUrl.parse(url, Optional.empty()));

        assertThat(refused.problem()).startsWith(problem);
        assertThat(refused.hint()).isNotBlank();
    }

    @Test
    void names_the_nearest_parameter_and_mode() {
        assertThat(catchThrowableOfType(
                                Refused.class, () -> ServerUrl.parse("postgresql://u@h/d?ssl_mode=x", Optional.empty()))
                        .hint())
                .isEqualTo("did you mean 'sslmode'?");
        assertThat(catchThrowableOfType(
                                Refused.class,
                                () -> ServerUrl.parse("postgresql://u@h/d?sslmode=verify_full", Optional.empty()))
                        .hint())
                .isEqualTo("did you mean 'verify-full'?");
    }
}

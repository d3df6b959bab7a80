-- A publisher's database with a shop, made on the server from a seed: the same rows every time.
--
-- Reads the psql variables articles, events, orders, lines, customers (rows) and part (which table to make now).
-- Every value is a hash of its row number, so that tables may be made side by side and still come out the same.

\set ON_ERROR_STOP on
SET client_min_messages = warning;
SET work_mem = '256MB';
SET synchronous_commit = off;
SET timezone = 'UTC';

SELECT :'part' = 'words' AS words, :'part' = 'articles' AS articles, :'part' = 'events' AS events,
       :'part' = 'orders' AS orders, :'part' = 'lines' AS lines, :'part' = 'customers' AS customers,
       :'part' = 'end' AS "end" \gset make_

\if :make_words
CREATE SCHEMA material;

-- The n-th die with :sides sides for a row; 64 good bits, the same on every machine.
CREATE FUNCTION material.die(row_number bigint, which int, sides bigint) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT (hashint8extended(row_number, which) & 9223372036854775807) % sides
$$;

CREATE TABLE material.words AS
WITH languages (language, stems, endings) AS (VALUES
  (0, 'the harbour lantern quiet morning winter letter garden answer bridge market signal weather paper station child evening window river voice captain island summer kitchen teacher picture corner promise silver message',
      ' s ed ing er ly ful less'),
  (1, 'der Hafen Laterne Morgen Garten Brücke Antwort Straße Fenster Stimme Küche Lehrer Insel Zeitung Wetter Frühling König Schüssel Übung Mädchen Geräusch Nachricht Kapitän Größe Wald Vogel Freiheit Arbeit Sommer Licht',
      ' en er es ung lich heit chen'),
  (2, 'le port lanterne matin jardin réponse fenêtre voix cuisine élève île journal été printemps forêt oiseau liberté travail lumière château garçon français hôpital étoile pêcheur message capitaine marché pont hiver',
      ' s e es ment ique aison eur'),
  (3, 'el puerto linterna mañana jardín puente respuesta ventana niño cocina maestro isla periódico tiempo primavera rey señal muchacha ruido mensaje capitán tamaño bosque pájaro libertad trabajo verano luz corazón camión',
      ' s es ito ción mente ado ando'),
  (4, 'latarnia poranek ogród most odpowiedź okno głos kuchnia nauczyciel wyspa gazeta pogoda wiosna król dźwięk wiadomość kapitan rozmiar las ptak wolność praca lato światło łódź źródło ścieżka żołnierz miasto rzeka',
      ' a y em ami ach owy ość'),
  (5, 'гавань фонарь утро сад мост ответ улица окно голос кухня учитель остров газета погода весна король звук письмо капитан размер лес птица свобода работа лето свет город река дорога вечер',
      ' а ы ом ами ость ный ение'),
  (6, 'λιμάνι φανάρι πρωί κήπος γέφυρα απάντηση δρόμος παράθυρο φωνή κουζίνα δάσκαλος νησί εφημερίδα καιρός άνοιξη βασιλιάς ήχος μήνυμα μέγεθος δάσος πουλί ελευθερία δουλειά καλοκαίρι φως πόλη ποτάμι βράδυ θάλασσα αστέρι',
      ' ς ν ου ων ικός ισμός τητα'),
  (7, 'liman fener sabah bahçe köprü cevap sokak pencere ses mutfak öğretmen ada gazete hava ilkbahar kral gürültü mesaj kaptan büyüklük orman kuş özgürlük iş yaz ışık şehir ırmak yol akşam',
      ' lar ler da den lik ci siz'),
  (8, '港 灯台 朝 庭 橋 答え 通り 窓 声 台所 先生 島 新聞 天気 春 王様 音 手紙 船長 大きさ 森 鳥 自由 仕事 夏 光 町 川 道 夕方',
      ' の は を に が と で'),
  (9, 'cais lampião manhã jardim ponte resposta janela voz cozinha professor ilha jornal tempo primavera rei sinal menina ruído mensagem capitão tamanho floresta pássaro liberdade trabalho verão luz coração irmão estação',
      ' s es inho ção mente ado ando'))
SELECT language, row_number() OVER (PARTITION BY language ORDER BY md5(stem || ending)) - 1 AS number, stem || ending AS word
FROM languages, string_to_table(stems, ' ') stem, string_to_table(endings, ' ') ending;
ANALYZE material.words;

-- Words of a language are drawn unevenly, as people do; 240 of them in each.
CREATE TABLE material.sentences AS
SELECT sentence AS id, min(language)::int AS language,
       initcap(left(string_agg(word, ' ' ORDER BY place), 1)) || substr(string_agg(word, ' ' ORDER BY place), 2) || '.' AS text
FROM (SELECT sentence, place, material.die(sentence, 1, 10) AS language,
             (240 * power(material.die(sentence * 64 + place, 2, 1000000) / 1e6::float8, 1.6::float8))::int % 240 AS number
      FROM generate_series(0, 119999) sentence, generate_series(0, 7 + material.die(sentence, 3, 9)) place) drawn
JOIN material.words USING (language, number)
GROUP BY sentence;

CREATE TABLE material.paragraphs AS
SELECT id / 10 AS id, string_agg(text, ' ' ORDER BY language, id) AS text FROM material.sentences GROUP BY id / 10;

CREATE UNIQUE INDEX ON material.sentences (id);
CREATE UNIQUE INDEX ON material.paragraphs (id);
ANALYZE material.sentences, material.paragraphs;
\endif

\if :make_articles
CREATE TABLE articles AS
SELECT n AS id, md5('article ' || n)::uuid AS public_id,
       (ARRAY['en', 'de', 'fr', 'es', 'pl', 'ru', 'el', 'tr', 'ja', 'pt'])[1 + s.language] AS language,
       s.text AS title,
       a.text || E'\n\n' || b.text || CASE WHEN n % 3 > 0 THEN E'\n\n' || c.text ELSE '' END AS body,
       ARRAY['tag-' || material.die(n, 15, 400), 'tag-' || material.die(n, 16, 40)] AS tags,
       timestamptz '2019-03-01 08:00+00' + n * interval '13 minutes' + material.die(n, 17, 700) * interval '1 second' AS published,
       jsonb_build_object('reads', material.die(n, 18, 90000), 'rating', material.die(n, 19, 500) / 100.0,
                          'reviewed', n % 4 = 0, 'section', 'section-' || material.die(n, 20, 30)) AS facts
FROM generate_series(1, :articles) n
JOIN material.sentences s ON s.id = material.die(n, 11, 120000)
JOIN material.paragraphs a ON a.id = material.die(n, 12, 12000)
JOIN material.paragraphs b ON b.id = material.die(n, 13, 12000)
JOIN material.paragraphs c ON c.id = material.die(n, 14, 12000);
ALTER TABLE articles ADD PRIMARY KEY (id);
CREATE INDEX ON articles (language, published);
\endif

\if :make_events
CREATE TABLE events AS
SELECT n AS id, timestamptz '2024-01-01 00:00+00' + n * interval '1.7 seconds' + material.die(n, 21, 999999) * interval '1 microsecond' AS at,
       1 + material.die(n, 22, :customers) AS customer_id,
       (ARRAY['page viewed', 'article read', 'searched', 'added to basket', 'paid', 'signed in'])[1 + material.die(n, 23, 6)] AS kind,
       jsonb_build_object('session', md5('session ' || n / 9), 'path', '/articles/' || material.die(n, 24, 1 + :articles),
                          'milliseconds', material.die(n, 25, 4000), 'agent', 'Reader/' || 1 + material.die(n, 26, 9) || '.' || material.die(n, 27, 30),
                          'address', '10.' || material.die(n, 28, 256) || '.' || material.die(n, 29, 256) || '.7', 'query', s.text) AS payload
FROM generate_series(1, :events) n
JOIN material.sentences s ON s.id = material.die(n, 30, 120000);
ALTER TABLE events ADD PRIMARY KEY (id);
CREATE INDEX ON events (customer_id, at);
\endif

\if :make_orders
CREATE TABLE orders AS
SELECT n AS id, md5('order ' || n)::uuid AS public_id, 1 + material.die(n, 31, :customers) AS customer_id,
       timestamptz '2022-05-01 00:00+00' + n * interval '41 seconds' AS placed,
       ((500 + material.die(n, 32, 90000)) / 100.0)::numeric(10, 2) AS total,
       (ARRAY['EUR', 'USD', 'PLN', 'JPY', 'BRL'])[1 + material.die(n, 33, 5)] AS currency,
       n % 7 > 0 AS paid, s.text AS note
FROM generate_series(1, :orders) n
JOIN material.sentences s ON s.id = material.die(n, 34, 120000);
ALTER TABLE orders ADD PRIMARY KEY (id);
CREATE INDEX ON orders (customer_id);
\endif

\if :make_lines
CREATE TABLE order_lines AS
SELECT 1 + n / 3 AS order_id, (n % 3)::smallint AS line, 100000 + material.die(n, 41, 60000) AS article_number,
       1 + material.die(n, 42, 9) AS quantity, ((99 + material.die(n, 43, 20000)) / 100.0)::numeric(10, 2) AS price,
       (material.die(n, 44, 40) / 100.0)::numeric(4, 2) AS discount, material.die(n, 45, 1000000) / 7.0::float8 AS weight
FROM generate_series(1, :lines) n;
ALTER TABLE order_lines ADD PRIMARY KEY (order_id, line, article_number);
\endif

\if :make_customers
CREATE TABLE customers AS
SELECT n AS id, md5('customer ' || n)::uuid AS public_id,
       initcap(split_part(s.text, ' ', 2)) || ' ' || initcap(split_part(s.text, ' ', 3)) AS name,
       'customer' || n || '@example.org' AS email, date '2018-01-01' + (n % 2500)::int AS joined,
       jsonb_build_object('street', split_part(s.text, ' ', 4) || ' ' || material.die(n, 52, 200), 'code', 10000 + material.die(n, 53, 89999),
                          'city', (ARRAY['Århus', 'Kyiv', '東京', 'São Paulo', 'Łódź', 'İzmir'])[1 + material.die(n, 54, 6)]) AS address
FROM generate_series(1, :customers) n
JOIN material.sentences s ON s.id = material.die(n, 51, 120000);
ALTER TABLE customers ADD PRIMARY KEY (id);
CREATE UNIQUE INDEX ON customers (email);
\endif

\if :make_end
DROP SCHEMA material CASCADE;
VACUUM ANALYZE;
CHECKPOINT;
\endif

-- Scores in whole numbers: exact. Points are counted in 1/1200; `matters` and `c` are what is divided by.
WITH items AS (
  SELECT name, leaked, matters, greatest(cases, 1) AS c, cases - late AS in_time,
    10 - (CASE WHEN legal = 0 THEN 1 ELSE 0 END) - (CASE WHEN cases = 0 THEN 1 ELSE 0 END) -
      (CASE WHEN satisfied IS NULL THEN 1 ELSE 0 END) AS applicable,
    (CASE WHEN online * 10 >= matters * 9 OR online * 5 < matters THEN 0 ELSE online END) AS online_part,
    1200 * (
      (CASE WHEN at_once * 100 < matters * 5 THEN 0 WHEN at_once * 100 < matters * 7 THEN 2
            WHEN at_once * 100 < matters * 10 THEN 4 ELSE 5 END) +
      (CASE WHEN online * 10 >= matters * 9 THEN 10 ELSE 0 END) +
      (CASE WHEN legal = 0 OR promised * 10 > legal * 9 THEN 0 WHEN promised * 10 > legal * 7 THEN 3
            WHEN promised * 10 > legal * 5 THEN 6 ELSE 10 END) +
      (CASE WHEN regulated THEN 2 ELSE 0 END) + (CASE WHEN connected THEN 2 ELSE 0 END) +
      (CASE WHEN delay = 0 THEN 1 ELSE 0 END) +
      10 - (CASE WHEN complaints > 20 THEN 4 ELSE 0 END) +
      (CASE WHEN complaints > 50 THEN 0 WHEN complaints > 30 THEN 1 ELSE 5 - DIV(complaints, 10) END) +
      greatest(0, 5 - DIV(delay + 4, 5)) + 4) +
    600 * greatest(0, 10 - errors) + 600 * mark +
    (CASE WHEN satisfied IS NULL OR satisfied < 600 THEN 0 WHEN satisfied < 800 THEN 36 * (satisfied - 600)
          WHEN satisfied < 950 THEN 7200 + 32 * (satisfied - 800) ELSE 12000 END) -
    least(7200, bad * (CASE WHEN class = '街镇' THEN 120 ELSE 240 END)) +
    least(7200, 120 * news) +
    least(6000, matters * (CASE WHEN class = '街镇' THEN 6 ELSE 3 END)) AS points,
    least(500,
      (CASE prize WHEN '国家级' THEN 400 WHEN '省级' THEN 250 WHEN '市级' THEN 100 ELSE 0 END) +
      least(200, (CASE WHEN online = matters THEN 150 ELSE 0 END) +
                 (CASE WHEN news > 100 THEN 100 ELSE 0 END))) -
    least(1000, least(600, complaints * 5) +
      (CASE WHEN connected THEN 0 WHEN errors > 20 THEN 1000 ELSE 500 END)) AS beside
  FROM units HOLD
),
fraction AS (
  SELECT name, leaked, beside,
    5 * (3 * WIDE(points) * matters * c + 40000 * WIDE(online_part) * c +
         36000 * WIDE(in_time) * matters) AS num,
    18 * WIDE(matters) * c * applicable AS den
  FROM items HOLD
),
total AS (
  SELECT name, CASE WHEN leaked THEN 0
    ELSE DIV(2 * greatest(0, num + beside * den) + den, 2 * den) END AS hundredths
  FROM fraction HOLD
)
SELECT name, hundredths,
  CASE WHEN hundredths >= 9000 THEN '优秀' WHEN hundredths >= 8000 THEN '良好'
       WHEN hundredths >= 6000 THEN '合格' ELSE '不合格' END AS grade
FROM total

-- Scores in fractions, as one writes them first: RATIO divides, ROUNDED rounds to two places.
WITH items AS (
  SELECT name, leaked,
    RATIO(10, 10 - (CASE WHEN legal = 0 THEN 1 ELSE 0 END) - (CASE WHEN cases = 0 THEN 1 ELSE 0 END) -
      (CASE WHEN satisfied IS NULL THEN 1 ELSE 0 END)) AS factor,
    (CASE WHEN RATIO(at_once, matters) < 0.05 THEN 0 WHEN RATIO(at_once, matters) < 0.07 THEN 2
          WHEN RATIO(at_once, matters) < 0.1 THEN 4 ELSE 5 END) +
    (CASE WHEN RATIO(online, matters) < 0.2 THEN 0 ELSE 10 * least(1, RATIO(online, matters) / 0.9) END) +
    (CASE WHEN legal = 0 OR 1 - RATIO(promised, legal) < 0.1 THEN 0
          WHEN 1 - RATIO(promised, legal) < 0.3 THEN 3
          WHEN 1 - RATIO(promised, legal) < 0.5 THEN 6 ELSE 10 END) +
    greatest(0, 5 - 0.5 * errors) +
    (CASE WHEN regulated THEN 2 ELSE 0 END) + (CASE WHEN connected THEN 2 ELSE 0 END) +
    (CASE WHEN delay = 0 THEN 1 ELSE 0 END) +
    (CASE WHEN cases = 0 THEN 0 ELSE 10 * (1 - RATIO(late, cases)) END) +
    (CASE WHEN satisfied IS NULL OR satisfied < 600 THEN 0
          WHEN satisfied < 800 THEN 6 * (RATIO(satisfied, 1000) - 0.6) / 0.2
          WHEN satisfied < 950 THEN 6 + 4 * (RATIO(satisfied, 1000) - 0.8) / 0.15 ELSE 10 END) +
    10 - least(6, 0.2 * bad * (CASE WHEN class = '街镇' THEN 0.5 ELSE 1 END)) -
      (CASE WHEN complaints > 20 THEN 4 ELSE 0 END) +
    (CASE WHEN complaints > 50 THEN 0 WHEN complaints > 30 THEN 1 ELSE 5 - floor(RATIO(complaints, 10)) END) +
    0.5 * mark + greatest(0, 5 - ceil(RATIO(delay, 5))) + 4 + least(6, 0.1 * news) +
    5 * least(1, RATIO(matters, (CASE WHEN class = '街镇' THEN 1000 ELSE 2000 END))) AS points,
    least(5,
      (CASE prize WHEN '国家级' THEN 4 WHEN '省级' THEN 2.5 WHEN '市级' THEN 1 ELSE 0 END) +
      least(2, (CASE WHEN online = matters THEN 1.5 ELSE 0 END) + (CASE WHEN news > 100 THEN 1 ELSE 0 END))) -
    least(10, least(6, 0.05 * complaints) +
      (CASE WHEN connected THEN 0 WHEN errors > 20 THEN 10 ELSE 5 END)) AS beside
  FROM units HOLD
),
total AS (
  SELECT name, CASE WHEN leaked THEN 0 ELSE ROUNDED(greatest(0, points * factor + beside)) END AS score
  FROM items HOLD
)
SELECT name, CAST(round(score * 100) AS INTEGER) AS hundredths,
  CASE WHEN score >= 90 THEN '优秀' WHEN score >= 80 THEN '良好'
       WHEN score >= 60 THEN '合格' ELSE '不合格' END AS grade
FROM total

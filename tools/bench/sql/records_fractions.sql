-- Scores in fractions, as one writes them first: RATIO divides, ROUNDED rounds to two places.
judged AS (
  SELECT *,
    (CASE WHEN n = 0 THEN 0 ELSE 50 END) + (CASE WHEN legal_sum = 0 THEN 0 ELSE 15 END) +
    (CASE WHEN promised_sum = 0 THEN 0 ELSE 10 END) + (CASE WHEN rated = 0 THEN 0 ELSE 25 END) AS applicable
  FROM measures
),
items AS (
  SELECT unit, RATIO(100, applicable) AS factor,
    (CASE WHEN RATIO(at_once, n) < 0.3 THEN 0 WHEN RATIO(at_once, n) < 0.33 THEN 4
          WHEN RATIO(at_once, n) < 0.36 THEN 7 ELSE 10 END) AS at_once_points,
    (CASE WHEN legal_sum = 0 THEN 0
          WHEN 1 - RATIO(promised_sum, legal_sum) < 0.1 THEN 0
          WHEN 1 - RATIO(promised_sum, legal_sum) < 0.2 THEN 5
          WHEN 1 - RATIO(promised_sum, legal_sum) < 0.3 THEN 10 ELSE 15 END) AS shortened,
    (CASE WHEN promised_sum = 0 THEN 0
          ELSE 10 * least(1, greatest(0, (1 - RATIO(used_sum, promised_sum)) / 0.4)) END) AS early,
    10 * greatest(0, 1 - RATIO(late, n) / 0.2) AS in_time,
    5 - (CASE WHEN RATIO(year_end, n) > 0.3 THEN 2 ELSE 0 END) -
        (CASE WHEN promised < at_once THEN 1 ELSE 0 END) -
        (CASE WHEN RATIO(many_materials, n) > 0.5 THEN 1 ELSE 0 END) AS evenly,
    (CASE WHEN RATIO(online, n) < 0.2 THEN 0 ELSE 15 * least(1, RATIO(online, n) / 0.9) END) AS online_points,
    10 * least(1, greatest(0, (8 - RATIO(material_sum, n)) / 6)) AS few_materials,
    (CASE WHEN rated = 0 THEN 0 ELSE RATIO(rating_sum, rated) * 0.1 * 1.5 END) AS satisfied,
    (CASE WHEN rated = 0 THEN 0 ELSE 10 - least(10, RATIO(bad, rated) * 100 * 0.2) END) AS few_bad,
    (CASE WHEN unlawful > 0.05 * n THEN 2 ELSE 0 END) +
    (CASE WHEN unlawful > 0.1 * n THEN 3 ELSE 0 END) AS penalty
  FROM judged
),
total AS (
  SELECT unit AS name,
    ROUNDED(greatest(0, at_once_points * factor + shortened * factor + ROUNDED(early * factor) +
      ROUNDED(in_time * factor) + evenly * factor + ROUNDED(online_points * factor) +
      ROUNDED(few_materials * factor) + ROUNDED(satisfied * factor) + ROUNDED(few_bad * factor) -
      penalty)) AS score
  FROM items
)
SELECT name, CAST(round(score * 100) AS INTEGER) AS hundredths,
  CASE WHEN score >= 85 THEN '优秀' WHEN score >= 75 THEN '良好'
       WHEN score >= 60 THEN '合格' ELSE '不合格' END AS grade
FROM total

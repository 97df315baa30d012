-- Scores in whole numbers: exact. ITEM is points × share × 100 / applicable in rounded hundredths.
judged AS (
  SELECT *,
    (CASE WHEN n = 0 THEN 0 ELSE 50 END) + (CASE WHEN legal_sum = 0 THEN 0 ELSE 15 END) +
    (CASE WHEN promised_sum = 0 THEN 0 ELSE 10 END) + (CASE WHEN rated = 0 THEN 0 ELSE 25 END) AS applicable,
    (CASE WHEN at_once * 100 < n * 30 THEN 0 WHEN at_once * 100 < n * 33 THEN 4
          WHEN at_once * 100 < n * 36 THEN 7 ELSE 10 END) +
    (CASE WHEN legal_sum = 0 OR promised_sum * 100 > legal_sum * 90 THEN 0
          WHEN promised_sum * 100 > legal_sum * 80 THEN 5
          WHEN promised_sum * 100 > legal_sum * 70 THEN 10 ELSE 15 END) +
    5 - (CASE WHEN year_end * 100 > n * 30 THEN 2 ELSE 0 END) -
    (CASE WHEN promised < at_once THEN 1 ELSE 0 END) -
    (CASE WHEN many_materials * 100 > n * 50 THEN 1 ELSE 0 END) AS points,
    (CASE WHEN unlawful * 100 > n * 5 THEN 2 ELSE 0 END) +
    (CASE WHEN unlawful * 100 > n * 10 THEN 3 ELSE 0 END) AS penalty
  FROM measures
),
rounded AS (
  SELECT unit, applicable, points, penalty,
    (CASE WHEN promised_sum = 0 THEN 0
          ELSE ITEM(10, (promised_sum - used_sum) * 10, promised_sum * 4, applicable) END) +
    ITEM(10, n - late * 5, n, applicable) +
    (CASE WHEN online * 5 < n THEN 0 ELSE ITEM(15, online * 10, n * 9, applicable) END) +
    ITEM(10, n * 8 - material_sum, n * 6, applicable) +
    (CASE WHEN rated = 0 THEN 0 ELSE ITEM(15, rating_sum, rated * 100, applicable) END) +
    (CASE WHEN rated = 0 THEN 0 ELSE ITEM(10, rated - bad * 2, rated, applicable) END) AS items
  FROM judged
),
total AS (
  SELECT unit AS name,
    DIV(2 * greatest(0, points * 10000 + (items - penalty * 100) * applicable) + applicable,
        2 * applicable) AS hundredths
  FROM rounded
)
SELECT name, hundredths,
  CASE WHEN hundredths >= 8500 THEN '优秀' WHEN hundredths >= 7500 THEN '良好'
       WHEN hundredths >= 6000 THEN '合格' ELSE '不合格' END AS grade
FROM total

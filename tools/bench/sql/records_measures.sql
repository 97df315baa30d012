-- What the cases of each unit come to; both forms of the scores begin with it.
WITH measures AS (
  SELECT unit,
    count(*) AS n,
    COUNT_IF(kind = '即办件') AS at_once,
    COUNT_IF(kind = '承诺件') AS promised,
    COUNT_IF(online) AS online,
    COUNT_IF(used > promised_days) AS late,
    COUNT_IF(used > legal_days) AS unlawful,
    COUNT_IF(materials > 6) AS many_materials,
    COUNT_IF(rating IS NOT NULL) AS rated,
    COUNT_IF(rating < 60) AS bad,
    COUNT_IF(day >= DATE '2023-10-01') AS year_end,
    SUM_IF(legal_days, kind = '承诺件') AS legal_sum,
    SUM_IF(promised_days, kind = '承诺件') AS promised_sum,
    SUM_IF(used, kind = '承诺件') AS used_sum,
    sum(materials) AS material_sum,
    coalesce(sum(rating), 0) AS rating_sum
  FROM cases GROUP BY unit
),

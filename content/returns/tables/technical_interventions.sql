-- Repairs by the quarter in which they began and by what was broken; and in how many dwellings.
WITH repairs AS (
  SELECT a.period AS period, r.kind AS kind, r.about AS dwelling
  FROM register_repair r
  JOIN asked a ON r.start BETWEEN a.first AND a.last
  JOIN institutions i ON i.keeper = r.kept_by
  JOIN place p ON p.county = i.county
)
SELECT line, period, count(*) AS value
FROM (
  SELECT kind AS line, period FROM repairs
  UNION ALL
  SELECT 'dwellings', period FROM (SELECT DISTINCT period, dwelling FROM repairs) AS mended
) AS made
GROUP BY ALL

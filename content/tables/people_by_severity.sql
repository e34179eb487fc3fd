-- The same people as in people_assessed, by the most severe finding of that last visit.
WITH last AS (
  SELECT person, month[1:4] AS year, arg_max(uat, month) AS uat, arg_max(severity, month) AS severity
  FROM people_assessed
  GROUP BY person, month[1:4]
)
SELECT year, uat, CAST(severity AS VARCHAR) AS severity, count(*) AS number
FROM last
GROUP BY ALL
ORDER BY ALL

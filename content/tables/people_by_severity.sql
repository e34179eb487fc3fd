-- The same people as in people_assessed, by the most severe finding of that last visit.
WITH visits AS (
  SELECT person, substr(month, 1, 4) AS year, uat, age, sex, severity,
         row_number() OVER (PARTITION BY person, substr(month, 1, 4)
                            ORDER BY month DESC, severity DESC, age DESC, uat, sex) AS place
  FROM people_assessed
)
SELECT year, uat, CAST(severity AS VARCHAR) AS severity, count(*) AS number
FROM visits
WHERE place = 1
GROUP BY ALL
ORDER BY ALL

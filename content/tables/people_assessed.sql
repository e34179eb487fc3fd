-- People of assessed households, each once a year, where and as they were at the last visit of that year.
-- Of two visits in one month the one that found more; people_by_severity takes the same.
WITH visits AS (
  SELECT person, substr(month, 1, 4) AS year, uat, age, sex, severity,
         row_number() OVER (PARTITION BY person, substr(month, 1, 4)
                            ORDER BY month DESC, severity DESC, age DESC, uat, sex) AS place
  FROM people_assessed
)
SELECT year, uat,
  CASE WHEN age IS NULL THEN 'unknown' WHEN age < 7 THEN '0-6' WHEN age < 18 THEN '7-17' WHEN age < 65 THEN '18-64'
    ELSE '65+' END AS age,
  CASE sex WHEN 'f' THEN 'female' WHEN 'm' THEN 'male' ELSE 'unknown' END AS sex,
  count(*) AS number
FROM visits
WHERE place = 1
GROUP BY ALL
ORDER BY ALL

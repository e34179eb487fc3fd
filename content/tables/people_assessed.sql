-- People of assessed households, each once a year, where and as they were at the last visit of that year.
WITH last AS (
  SELECT person, month[1:4] AS year, arg_max(uat, month) AS uat, arg_max(age, month) AS age, arg_max(sex, month) AS sex
  FROM people_assessed
  GROUP BY person, month[1:4]
)
SELECT year, uat,
  CASE WHEN age IS NULL THEN 'unknown' WHEN age < 7 THEN '0-6' WHEN age < 18 THEN '7-17' WHEN age < 65 THEN '18-64'
    ELSE '65+' END AS age,
  CASE sex WHEN 'f' THEN 'female' WHEN 'm' THEN 'male' ELSE 'unknown' END AS sex,
  count(*) AS number
FROM last
GROUP BY ALL
ORDER BY ALL

WITH visits AS (
  SELECT household, month, max(severity) AS severity FROM assessment_rounds GROUP BY household, month
), ends AS (
  SELECT household, min(month) AS first, max(month) AS last FROM visits GROUP BY household
), homes AS (
  SELECT household, any_value(urban) AS urban, any_value(children) AS children FROM assessment_rounds GROUP BY household
), cases AS (
  SELECT DISTINCT household FROM case_severities
)
SELECT
  CAST(one.severity AS VARCHAR) AS band,
  CASE WHEN cases.household IS NULL THEN 'none' ELSE 'case' END AS decision,
  (one.severity = 3 AND cases.household IS NULL) OR (one.severity <= 1 AND cases.household IS NOT NULL) AS overridden,
  later.severity = 3 AS happened,
  CASE WHEN homes.urban THEN 'urban' ELSE 'rural' END AS place,
  CASE WHEN homes.children THEN 'yes' ELSE 'no' END AS children
FROM ends
JOIN visits AS one ON one.household = ends.household AND one.month = ends.first
JOIN visits AS later ON later.household = ends.household AND later.month = ends.last
JOIN homes ON homes.household = ends.household
LEFT JOIN cases ON cases.household = ends.household
WHERE date_diff('month', CAST(ends.first || '-01' AS DATE), CAST(ends.last || '-01' AS DATE)) >= 3
ORDER BY ALL

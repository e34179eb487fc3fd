WITH visits AS (
  SELECT household, month, max(severity) AS severity, bool_or(urban) AS urban, bool_or(children) AS children
  FROM assessment_rounds
  GROUP BY household, month
), ends AS (
  SELECT household, min(month) AS first, max(month) AS last FROM visits GROUP BY household
), cases AS (
  SELECT DISTINCT household FROM case_severities
)
SELECT
  CAST(one.severity AS VARCHAR) AS band,
  CASE WHEN cases.household IS NULL THEN 'none' ELSE 'case' END AS decision,
  (one.severity = 3 AND cases.household IS NULL) OR (one.severity <= 1 AND cases.household IS NOT NULL) AS overridden,
  later.severity = 3 AS happened,
  CASE WHEN one.urban THEN 'urban' ELSE 'rural' END AS place,
  CASE WHEN one.children THEN 'yes' ELSE 'no' END AS children
FROM ends
JOIN visits AS one ON one.household = ends.household AND one.month = ends.first
JOIN visits AS later ON later.household = ends.household AND later.month = ends.last
LEFT JOIN cases ON cases.household = ends.household
WHERE date_diff('month', CAST(ends.first || '-01' AS DATE), CAST(ends.last || '-01' AS DATE)) >= 3
ORDER BY ALL

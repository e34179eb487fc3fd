-- Homes that were visited again after three months at least: in each dimension whether something severe was found at the
-- first visit and at the last, by the community, or the UAT where there is none.
WITH visits AS (
  SELECT household, coalesce(nullif(community, ''), CAST(uat AS VARCHAR)) AS place, community <> '' AS is_community,
         dimension, month, max(severity) AS severity
  FROM assessment_rounds
  GROUP BY ALL
)
SELECT household, place, is_community, dimension, arg_min(severity, month) > 1 AS was, arg_max(severity, month) > 1 AS now
FROM visits
GROUP BY ALL
HAVING date_diff('month', CAST(min(month) || '-01' AS DATE), CAST(max(month) || '-01' AS DATE)) >= 3

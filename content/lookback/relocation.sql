WITH points AS (
  SELECT about, avg(sustainability) AS sustainability FROM register_relocation_reading GROUP BY about
), still AS (
  SELECT DISTINCT household FROM register_tenancy WHERE "end" IS NULL OR "end" = ''
)
SELECT
  CASE WHEN points.sustainability <= 3 THEN 'low' WHEN points.sustainability <= 6 THEN 'middle' ELSE 'high' END AS band,
  coalesce(asked.decision, 'none') AS decision,
  asked.decision IS NOT NULL AND asked.decision <> asked.proposed AS overridden,
  still.household IS NOT NULL AS happened,
  CASE WHEN asked.lives_in = 'segregated' THEN 'segregated' ELSE 'other' END AS lived
FROM register_relocation_application AS asked
JOIN points ON points.about = asked.about
LEFT JOIN still ON still.household = asked.about
WHERE asked.moved_on IS NOT NULL AND asked.moved_on <> ''
ORDER BY ALL

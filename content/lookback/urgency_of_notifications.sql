SELECT
  CAST(urgency AS VARCHAR) AS band,
  CASE WHEN decision IS NULL OR decision IN ('', 'no_action') THEN 'none' ELSE 'acted' END AS decision,
  urgency >= 3 AND (decision IS NULL OR decision IN ('', 'no_action')) AS overridden,
  result = 'confirmed' AS happened,
  CASE WHEN kind LIKE 'child%' THEN 'child' ELSE 'adult' END AS about,
  CASE WHEN partner IS NULL THEN 'people' ELSE 'partner' END AS came
FROM notifications
WHERE result IS NOT NULL AND result <> '' AND urgency IS NOT NULL
ORDER BY ALL

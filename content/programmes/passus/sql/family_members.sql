-- People who lived in the families enrolled in case management for housing (component I, activity 1).
SELECT sum(members) AS value
FROM (
  SELECT household, max(members) AS members
  FROM programme_participations
  WHERE programme = 'passus' AND part = 'I.1' AND person IS NULL
  GROUP BY household
) AS families

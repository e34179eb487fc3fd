-- Families enrolled in case management for housing (component I, activity 1).
SELECT count(DISTINCT household) AS value
FROM programme_participations
WHERE programme = 'passus' AND part = 'I.1'

-- Children in case management against leaving school.
SELECT count(DISTINCT person) AS value
FROM programme_participations
WHERE programme = 'passus' AND part = 'II.4' AND person IS NOT NULL

-- Children enrolled in the before and after school programme.
SELECT count(DISTINCT person) AS value
FROM programme_participations
WHERE programme = 'passus' AND part = 'II.1' AND person IS NOT NULL

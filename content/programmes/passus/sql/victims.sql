-- Victims of gender violence who receive specialised services.
SELECT count(DISTINCT person) AS value
FROM programme_participations
WHERE programme = 'passus' AND part = 'III.1' AND person IS NOT NULL

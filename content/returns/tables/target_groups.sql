-- Who belongs to each target group of the strategy: by a finding of the newest assessment, or by an entry of a register
-- that holds in the year. A finding about a household is about everybody who lives there.
WITH told AS (
  SELECT CASE
           WHEN f.code IN ('VGS_01', 'VGS_02', 'VSV_01') THEN 'poor'
           WHEN f.code = 'VFC_06' THEN 'at_risk'
           WHEN f.code IN ('VFC_02', 'VFC_03', 'VFC_04', 'VFC_07', 'VFC_09') THEN 'apart'
           WHEN f.code IN ('VDH_01', 'VDH_02', 'VSG_HIV') THEN 'disability'
           WHEN f.code IN ('VFV_03', 'VFV_04') THEN 'violence'
           WHEN f.code IN ('VFV_02', 'SCI_WORK') THEN 'abused'
           WHEN f.code IN ('VGR_01', 'VGR_02', 'VGR_03') THEN 'mothers'
           WHEN f.code = 'VLP_03' THEN 'homeless'
           WHEN f.code IN ('VCR_03', 'VCR_07', 'VSG_AD') THEN 'addiction'
         END AS sign, f.household AS household, f.person AS person
  FROM findings f
), entered AS (
  SELECT 'at_risk' AS sign, about, start, "end" FROM register_separation_risk
  UNION ALL SELECT 'apart', about, start, "end" FROM register_parents_abroad WHERE state <> 'gone'
  UNION ALL SELECT 'hospital', about, start, "end" FROM register_hospital_child
  UNION ALL SELECT 'alone', about, start, "end" FROM register_child_path WHERE kind <> 'minor_mother'
  UNION ALL SELECT 'mothers', about, start, "end" FROM register_child_path WHERE kind = 'minor_mother'
  UNION ALL SELECT 'mothers', about, start, "end" FROM register_maternal_stay WHERE state <> 'asked'
  UNION ALL SELECT 'measure', about, start, "end" FROM register_protection_measure WHERE state IN ('in_force', 'ended')
  UNION ALL SELECT 'disability', about, start, "end" FROM register_disability_certificate
            WHERE state IN ('issued', 'contested')
  UNION ALL SELECT 'violence', about, start, "end" FROM register_violence_incident
  UNION ALL SELECT 'violence', about, start, "end" FROM register_protection_order
            WHERE state NOT IN ('requested', 'refused')
  UNION ALL SELECT 'trafficked', about, start, "end" FROM register_trafficking_referral WHERE state <> 'not_confirmed'
  UNION ALL SELECT 'homeless', about, start, "end" FROM register_street_contact
  UNION ALL SELECT 'homeless', about, start, "end" FROM register_shelter_stay
  UNION ALL SELECT 'detained', about, start, "end" FROM register_release WHERE state = 'announced'
  UNION ALL SELECT 'detained', d.about, d.start, NULL FROM register_legal_event d
            LEFT JOIN register_legal_event r ON r.about = d.about AND r.kind = 'released' AND r.start >= d.start
            WHERE d.kind IN ('detained', 'convicted') AND r.about IS NULL
  UNION ALL SELECT 'addiction', about, start, "end" FROM register_addiction
), signs AS (
  SELECT t.sign AS sign, l.person AS person, l.household AS household, l.age AS age, l.keeper AS keeper,
         l.period AS period
  FROM told t
  JOIN lives l ON l.household = t.household AND (t.person IS NULL OR t.person = l.person)
  UNION ALL
  SELECT e.sign, l.person, l.household, l.age, l.keeper, l.period
  FROM entered e
  JOIN asked a ON e.start <= a.last AND coalesce(e."end", '9999-12') >= a.first
  JOIN lives l ON l.period = a.period AND l.person = e.about
  UNION ALL
  SELECT 'homeless', l.person, l.household, l.age, l.keeper, l.period
  FROM register_eviction_support r
  JOIN asked a ON r.start <= a.last AND coalesce(r."end", '9999-12') >= a.first
  JOIN lives l ON l.period = a.period AND l.household = r.about
  UNION ALL
  SELECT 'older', person, household, age, keeper, period FROM lives WHERE age >= 65
  UNION ALL
  SELECT 'lone', l.person, l.household, l.age, l.keeper, l.period
  FROM lives l
  JOIN homes h ON h.household = l.household AND h.period = l.period AND h.single
  JOIN lives c ON c.household = l.household AND c.period = l.period AND c.age < 7
)
SELECT groups.line AS line, part.col AS col, s.period AS period, s.keeper AS keeper,
       count(DISTINCT CASE part.col WHEN 'people' THEN s.person ELSE s.household END) AS value
FROM signs s
JOIN institutions i ON i.keeper = s.keeper
JOIN place p ON p.county = i.county
JOIN memberships m ON m.person = s.person AND m.household = s.household
JOIN (VALUES
  ('poor', 'poor', 0, 17, ''), ('at_risk', 'at_risk', 0, 17, ''), ('apart', 'apart', 0, 17, ''),
  ('hospital', 'hospital', 0, 17, ''), ('abused', 'abused', 0, 17, ''), ('abused', 'violence', 0, 17, ''),
  ('abused', 'trafficked', 0, 17, ''), ('alone', 'alone', 0, 17, ''), ('disabled_children', 'disability', 0, 17, ''),
  ('measure', 'measure', 0, 25, ''), ('mothers', 'mothers', 0, 150, 'f'),
  ('mothers', 'lone', 18, 64, 'f'), ('disabled', 'disability', 18, 150, ''),
  ('older', 'older', 65, 150, ''), ('violence', 'violence', 0, 150, ''), ('homeless', 'homeless', 0, 150, ''),
  ('trafficked', 'trafficked', 0, 150, ''), ('detained', 'detained', 0, 150, ''),
  ('addiction', 'addiction', 0, 150, '')
) AS groups(line, sign, youngest, oldest, sex)
  ON groups.sign = s.sign AND s.age BETWEEN groups.youngest AND groups.oldest AND groups.sex IN ('', m.sex)
JOIN (VALUES ('people'), ('households')) AS part(col) ON true
GROUP BY ALL

-- Members that the staged rows refer to and that have not arrived yet. What is known of them is overwritten when they come.
INSERT INTO :"dimension" (:columns)
SELECT :values
FROM (SELECT DISTINCT staged.:"column" AS id FROM pg_temp.staging AS staged WHERE staged.:"column" IS NOT NULL) AS needed
WHERE NOT EXISTS (SELECT FROM :"dimension" AS member WHERE member.:"key" = needed.id);

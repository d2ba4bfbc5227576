-- A copy shows current rows only.
DELETE FROM {members} AS member USING pg_temp.gone AS gone WHERE ({member_key}) = ({gone_key});

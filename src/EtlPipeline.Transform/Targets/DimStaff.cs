using EtlPipeline.Transform.Mapping;

namespace EtlPipeline.Transform.Targets;

/// <summary><c>dim_staff</c>: the staff, each with their department.</summary>
internal sealed class DimStaff : DimensionWithLookUp<DimStaff.Staff, DimStaff.Department>
{
    public DimStaff() : base("dim_staff", source: "staff", lookUp: "department", key: "department_id", reference: "department_id")
    {
        Integer("staff_id", staff => staff.StaffId);
        Text("first_name", staff => staff.FirstName);
        Text("last_name", staff => staff.LastName);
        Text("department_name", staff => staff.Department.DepartmentName);
        Text("location", staff => staff.Department.Location ?? Unknown);
        Text("email_address", staff => staff.EmailAddress);
    }

    protected override Staff Read(SourceRow row, Department lookUp) => new(
        StaffId: row.Integer("staff_id"),
        FirstName: row.Text("first_name"),
        LastName: row.Text("last_name"),
        Department: lookUp,
        EmailAddress: row.Text("email_address"));

    protected override Department ReadLookUp(SourceRow row) => new(
        DepartmentName: row.Text("department_name"),
        Location: row.OptionalText("location"));

    internal sealed record Staff(int StaffId, string FirstName, string LastName, Department Department, string EmailAddress);

    internal sealed record Department(string DepartmentName, string? Location);
}

namespace SafeLaunch.Programs;

/// <summary>Tells a program with its arguments from others. Of the program it holds nothing, so that its assembly can be unloaded.</summary>
/// <param name="module">The version of the module that its entry point is in.</param>
/// <param name="entryPoint">The metadata token of its entry point.</param>
/// <param name="args">Its arguments.</param>
internal sealed class ProgramIdentity(Guid module, int entryPoint, string[] args) : IEquatable<ProgramIdentity>
{
    private readonly Guid module = module;
    private readonly int entryPoint = entryPoint;
    private readonly string[] args = args;

    public bool Equals(ProgramIdentity? other) =>
        other is not null && this.module == other.module && this.entryPoint == other.entryPoint && this.args.SequenceEqual(other.args, StringComparer.Ordinal);

    public override bool Equals(object? obj) => this.Equals(obj as ProgramIdentity);

    public override int GetHashCode() => this.module.GetHashCode() ^ this.entryPoint;
}

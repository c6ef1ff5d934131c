namespace SafeLaunch.Wire;

/// <summary>A method that needs no object of this process: a static method, or a lambda that captures nothing.</summary>
/// <param name="Assembly">The full name of its assembly.</param>
/// <param name="Path">The file of its assembly; empty where it is part of a single file.</param>
/// <param name="Module">The version of its module, since the token is that of one build.</param>
/// <param name="Token">Its metadata token; <see cref="NoToken"/> in native code.</param>
/// <param name="Name">Its name, for people.</param>
internal sealed record MethodReference(string Assembly, string Path, Guid Module, int Token, string Name)
{
    public const int NoToken = 0;

    public static MethodReference Read(DataReader data) =>
        new(data.ReadText(), data.ReadText(), data.ReadGuid(), data.ReadInt(), data.ReadText());

    public void Write(DataWriter data)
    {
        data.Write(this.Assembly);
        data.Write(this.Path);
        data.Write(this.Module);
        data.Write(this.Token);
        data.Write(this.Name);
    }
}

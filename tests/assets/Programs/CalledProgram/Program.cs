namespace CalledProgram;

/// <summary>A program that does what a test wants: its first argument names a delegate among the data of the process.</summary>
public static class Program
{
    public static async Task<int> Main(string[] args) =>
        await ((Func<string[], Task<int>>)AppDomain.CurrentDomain.GetData(args[0])!)(args);
}

namespace SafeLaunch.Tests;

/// <summary>What the tests call and .NET Framework has not.</summary>
internal static class Members
{
    extension(Math)
    {
        public static (int Quotient, int Remainder) DivRem(int left, int right) => (left / right, left % right);
    }

    extension(Task task)
    {
        public bool IsCompletedSuccessfully => task.Status == TaskStatus.RanToCompletion;

        public async Task WaitAsync(TimeSpan timeout)
        {
            if (await Task.WhenAny(task, Task.Delay(timeout)) != task)
            {
                throw new TimeoutException();
            }

            await task;
        }
    }

    extension<T>(Task<T> task)
    {
        public async Task<T> WaitAsync(TimeSpan timeout)
        {
            await ((Task)task).WaitAsync(timeout);
            return await task;
        }
    }

    extension(CancellationTokenSource source)
    {
        public Task CancelAsync() => Task.Run(source.Cancel);
    }

    extension(Stream stream)
    {
        public Task<int> ReadAsync(byte[] buffer) => stream.ReadAsync(buffer, 0, buffer.Length);

        public Task WriteAsync(byte[] buffer) => stream.WriteAsync(buffer, 0, buffer.Length);
    }
}

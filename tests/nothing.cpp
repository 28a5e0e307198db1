// The owner of headers that are compiled ahead has to be a program; nobody builds or runs it.
int main()
{
    return 0;
}

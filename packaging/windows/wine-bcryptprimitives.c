/* For tests under wine alone: wine 8 has no bcryptprimitives.dll, of which Go's runtime wants random bytes as it starts. */
#include <windows.h>

BOOLEAN NTAPI SystemFunction036(PVOID, ULONG);

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE p, SIZE_T n)
{
	while (n) {
		ULONG k = n > 0x10000 ? 0x10000 : (ULONG)n;
		if (!SystemFunction036(p, k))
			return FALSE;
		p += k;
		n -= k;
	}
	return TRUE;
}

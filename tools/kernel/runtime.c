/* What Numba's compiled code asks of its runtime: memory of arrays, counted references. */
#include <stdint.h>
#include <stdlib.h>

typedef struct {
    int64_t references;
    void *destructor;
    void *destructor_data;
    void *data;
    int64_t size;
    void *allocator;
} MemInfo;

MemInfo *NRT_MemInfo_alloc_aligned(int64_t size, int32_t align)
{
    char *block = malloc(sizeof(MemInfo) + size + align);
    MemInfo *info = (MemInfo *)block;
    uintptr_t data = (uintptr_t)(block + sizeof(MemInfo));
    info->references = 1;
    info->data = (void *)((data + align - 1) / align * align);
    info->size = size;
    return info;
}

void NRT_MemInfo_call_dtor(MemInfo *info)
{
    free(info);
}

#include "report/schema.h"

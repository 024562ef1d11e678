"""Why a discount does not apply, and which fact could bring one."""

"""Plain facts and rules of pledge registration: no window, no SQL, no files, no clock."""

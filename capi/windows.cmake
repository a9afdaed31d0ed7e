# shmbridge.dll: its name, what it exports, which shmbridge.def tells other linkers too, and its version.
list(TRANSFORM exported PREPEND "    ")
list(JOIN exported "\n" exported)
set(def "${CMAKE_CURRENT_BINARY_DIR}/shmbridge.def")
file(CONFIGURE OUTPUT "${def}" CONTENT "LIBRARY shmbridge.dll\nEXPORTS\n@exported@\n" @ONLY)
install(FILES "${def}" DESTINATION "${CMAKE_INSTALL_LIBDIR}")

enable_language(RC)
configure_file(shmbridge.rc.in shmbridge.rc @ONLY)
target_sources(shmbridge PRIVATE "${def}" "${CMAKE_CURRENT_BINARY_DIR}/shmbridge.rc")
set_target_properties(shmbridge PROPERTIES PREFIX "")
target_link_options(shmbridge PRIVATE -static-libgcc -Wl,--no-insert-timestamp)

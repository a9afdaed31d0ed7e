// Package ipckey says how Qt names shared memory segments and system semaphores.
//
// QSharedMemory and QSystemSemaphore never hand the application's name to the kernel. They derive a native key from
// it: the path of a key file for System V, the name of an object for POSIX and Windows. A program without Qt meets a
// Qt program only if it derives the same bytes. This package does, as pure functions: it reads no environment and no
// file, and what it needs to know about the machine is passed as an [Env].
//
// # Derived forms
//
// The name "test", with /tmp as temporary directory and /run/user/1000 as runtime directory. HASH stands for
// a94a8fe5ccb19ba61c4c0873d391e987982fbbd3, the SHA-1 of the name's UTF-8 bytes.
//
//	function      family   segment                              semaphore
//	Legacy        systemv  /tmp/qipc_sharedmemory_testHASH      /tmp/qipc_systemsem_testHASH
//	Legacy        posix    /qipc_sharedmemory_testHASH          /qipc_systemsem_testHASH
//	Legacy        windows  qipc_sharedmemory_testHASH           qipc_systemsem_testHASH
//	Legacy        posix    /a94a8fe5ccb19ba61c4c0873d391e       the same (macOS)
//	Legacy        posix    test                                 the same (iOS, sandboxed macOS)
//	PlatformSafe  systemv  /run/user/1000/test                  the same
//	PlatformSafe  posix    /test                                the same
//	PlatformSafe  windows  shm_test                             sem_test
//
// [Legacy] is what QSharedMemory(QString), QSharedMemory::setKey and QSystemSemaphore(QString) use, in every Qt since
// 4.4: the ASCII letters of the name, then HASH. [PlatformSafe] is QSharedMemory::platformSafeKey, new in Qt 6.6.
//
// Every segment has a lock, a semaphore of its own: [Key.Semaphore] names it. For a legacy key it is the semaphore
// that QSystemSemaphore has under the same name.
//
// # Default types and their traps
//
// Qt 6.6 changed the default type on Unix for its new functions and left it for the old ones, so that one program can
// mean different objects by one string. What decides is the function that the Qt program calls without a type:
//
//	QSharedMemory("test"), setKey("test")         Legacy, LegacyDefaultType
//	QSystemSemaphore("test")                      Legacy, LegacyDefaultType
//	legacyNativeKey("test")                       Legacy, LegacyDefaultType
//	setNativeKey("/tmp/test")                     Key{Type: LegacyDefaultType, Native: "/tmp/test"}
//	platformSafeKey("test")                       PlatformSafe, DefaultType
//	setNativeKey(QNativeIpcKey("/test"))          Key{Type: DefaultType, Native: "/test"}
//	QNativeIpcKey::fromString("posix:/test")      Parse
//
// QSharedMemory(), without a key, has DefaultType until it is given a key, whose type it then takes. A string that one
// program passes to QSharedMemory and another to platformSafeKey names two segments.
//
// # Versions of Qt
//
// Nearly all versions meet each other under the same names. The exceptions are [Rules], which [RulesOf] returns for a
// version and [Eras] lists; an [Env] without any is that of the newest Qt.
//
// # Text form
//
// Since 6.6 Qt can pass a key to another process as text, and [Parse] and [Key.String] read and write it:
//
//	systemv:/tmp/qipc_sharedmemory_testHASH?legacyKey=test
//	posix:/test
//
// # Files
//
// testdata/legacy.txt, parse.txt, format.txt and projectid.txt hold test vectors written by real Qt, for use by other
// projects too.
package ipckey

import com.sun.source.util.JavacTask;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/** Parses the Java files below a folder, without looking at types, and prints what the compiler takes offence at. */
public final class ParseJava {
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        List<Path> paths;
        try (var walk = Files.walk(folder)) {
            paths = walk.filter(path -> path.toString().endsWith(".java")).sorted().toList();
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        var found = new DiagnosticCollector<JavaFileObject>();
        try (var files = compiler.getStandardFileManager(found, Locale.ROOT, null)) {
            var task = (JavacTask) compiler.getTask(null, files, found, null, null, files.getJavaFileObjectsFromPaths(paths));
            task.parse();
        }
        for (Diagnostic<? extends JavaFileObject> diagnostic : found.getDiagnostics()) {
            String name = folder.relativize(Path.of(diagnostic.getSource().toUri())).toString();
            System.out.println(name + ":" + diagnostic.getLineNumber() + ": " + diagnostic.getMessage(Locale.ROOT));
        }
        System.out.println(paths.size() + " parsed");
    }
}

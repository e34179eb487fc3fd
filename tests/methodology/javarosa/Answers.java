import java.io.*;
import java.nio.file.*;
import org.javarosa.core.model.FormDef;
import org.javarosa.core.model.instance.*;
import org.javarosa.model.xform.XFormsModule;
import org.javarosa.xform.parse.XFormParser;
import org.javarosa.xform.util.XFormUtils;

/**
 * Opens a form with filled instances, as ODK Collect does (JavaRosa, from ODK Validate's jar).
 * Prints "number<TAB>path<TAB>relevant<TAB>valid<TAB>value" for each question of each instance.
 */
public class Answers {
    public static void main(String[] args) throws Exception {
        new XFormsModule().registerModule();
        for (int number = 1; number < args.length; number++) {
            FormDef form = XFormUtils.getFormFromInputStream(new FileInputStream(args[0]));
            FormInstance saved = XFormParser.restoreDataModel(Files.readAllBytes(Paths.get(args[number])), null);
            form.getInstance().getRoot().populate(saved.getRoot(), form);
            form.initialize(false, new InstanceInitializationFactory());
            print(number - 1, form, form.getInstance().getRoot());
        }
    }

    static void print(int number, FormDef form, TreeElement node) {
        if (node.getMult() == TreeReference.INDEX_TEMPLATE) return;
        for (int i = 0; i < node.getNumChildren(); i++) print(number, form, node.getChildAt(i));
        if (node.getNumChildren() > 0) return;
        TreeReference place = node.getRef();
        String value = node.getValue() == null ? "" : node.getValue().uncast().getString();
        boolean valid = node.getValue() == null || form.evaluateConstraint(place, node.getValue());
        System.out.println(number + "\t" + place.toString(true) + "\t" + node.isRelevant() + "\t" + valid + "\t" + value);
    }
}
